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
WORKDIR /console
COPY --from=build /console ./
USER node
EXPOSE 3000
CMD ["node", "--import", "tsx", "app/http/start.server.ts"]
