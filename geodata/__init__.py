"""Where things are: country borders, disputed areas, water, and the legs between places.

Everything is in EPSG:4326 with coordinates in (longitude, latitude) order, in degrees;
lengths are in kilometres on the WGS 84 ellipsoid.
"""
