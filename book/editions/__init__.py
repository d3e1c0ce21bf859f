"""The book to take along: files for readers without a network, made from the built site."""
