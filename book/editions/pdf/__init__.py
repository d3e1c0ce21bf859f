"""The book as PDF files, printed by Chromium."""
