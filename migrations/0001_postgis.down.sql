drop extension postgis;
