drop function current_user_professional();
