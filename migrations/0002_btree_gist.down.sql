drop extension btree_gist;
