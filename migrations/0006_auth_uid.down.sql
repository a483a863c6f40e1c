drop function auth.uid();
