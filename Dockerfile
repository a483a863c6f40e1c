FROM node:24-bookworm-slim AS build
WORKDIR /console
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM debian:bookworm-slim AS pgbouncer
RUN apt-get update \
  && apt-get install -y --no-install-recommends pgbouncer \
  && rm -rf /var/lib/apt/lists/*
COPY db/local/pgbouncer.ini /etc/pgbouncer/pgbouncer.ini
USER postgres

FROM node:24-bookworm-slim AS console
ENV NODE_ENV=production
# pg_dump and pg_restore of the database's version: Debian's own are older, and an older pg_dump refuses a newer server.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
  && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
  && apt-get install -y --no-install-recommends postgresql-client-17 \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /var/lib/securyflex/backups
WORKDIR /console
COPY --from=build /console ./
USER node
EXPOSE 3000
CMD ["node", "--import", "tsx", "app/http/start.server.ts"]
