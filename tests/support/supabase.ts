/** A database as Supabase lays it out: extensions, auth.uid(), the product's roles and a publication of its own. */
export const supabaseLayout = `
  do $$
  declare
    product_role text;
  begin
    foreach product_role in array array['anon', 'authenticated', 'service_role'] loop
      begin
        execute format('create role %I nologin noinherit', product_role);
      exception
        when duplicate_object or unique_violation then null;
      end;
    end loop;
  end
  $$;
  create schema extensions;
  create extension postgis with schema extensions;
  create extension "uuid-ossp" with schema extensions;
  create schema auth;
  create table auth.users (id uuid primary key, email text);
  create function auth.uid() returns uuid language sql stable as $$
    select coalesce(
      nullif(current_setting('request.jwt.claim.sub', true), ''),
      (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
    )::uuid
  $$;
  grant usage on schema public, extensions, auth to anon, authenticated, service_role;
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  create table public.messages (id bigint primary key, body text);
  create publication supabase_realtime for table public.messages;
`;
