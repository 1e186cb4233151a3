"""The map, with its panel and list."""
