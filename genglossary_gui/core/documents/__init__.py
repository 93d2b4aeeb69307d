"""From a folder to readable text: ``scanning`` finds the documents, ``loading`` reads one of them."""
