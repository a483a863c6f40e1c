drop function ops_column_widths();
