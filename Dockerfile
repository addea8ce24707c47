# Three stages: the pages, the gateway, and a small image that runs it as nobody in particular.
# The steps are those of the Makefile, so that what is built here is what a developer builds.

FROM node:20-bookworm-slim AS pages
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /house
COPY Makefile ./
COPY scripts scripts
COPY web web
RUN make pages

FROM rust:1.95-slim-bookworm AS gateway
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /house
COPY . .
COPY --from=pages /house/web/dist web/dist
RUN make release-binary

FROM debian:12-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin housecall && install --directory --owner=housecall /data
COPY --from=gateway /house/target/release/housecall /usr/local/bin/housecall
USER 10001
VOLUME /data
ENV HOUSECALL_DATA=/data
# HTTPS; the relay over UDP, TCP and TLS; equipment tests; ports for relayed traffic.
EXPOSE 8443/tcp 3478/udp 3478/tcp 5349/tcp 3480/udp 49160-49999/udp
ENTRYPOINT ["housecall"]
CMD ["serve"]
