# The worker, and with another command the sandbox. Two stages: the compiler and the development packages stay behind.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY workflows workflows
COPY activities activities
COPY worker worker
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
# Temporal's native core verifies TLS against the system's certificates, which the slim image does not have.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# A hostile document cannot reach Object.prototype, and a leak ends this process before it ends its neighbours.
ENV NODE_ENV=production \
    NODE_OPTIONS="--disable-proto=delete --max-old-space-size=1024" \
    WAYBILL_DOCUMENTS=/var/lib/waybill/documents \
    WAYBILL_POLICY=/etc/waybill/waybill.policy.json
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# A named volume takes over the owner of the directory it is mounted on.
RUN install --directory --owner=node --group=node /var/lib/waybill/documents
USER node
CMD ["node", "dist/worker/main.js"]
# Healthy means: Temporal says that this container polls every one of its task queues. A running process proves nothing.
HEALTHCHECK --interval=60s --timeout=15s --start-period=30s --retries=3 CMD ["node", "dist/worker/health.js"]
