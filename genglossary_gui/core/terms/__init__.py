"""Finding and ranking the terms of documents: words, candidates, what each document gives, the whole."""
