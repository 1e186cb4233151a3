"""The dossier that is loaded, and what any page asks of it: filters, address, scene, cards."""
