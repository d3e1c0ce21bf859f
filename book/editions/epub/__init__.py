"""The book as an EPUB."""
