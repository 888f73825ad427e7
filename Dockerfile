# The same locks as ./bedside, without the tests:  docker build -t bedside .  &&  docker run -p 8710:8710 -v bedside:/data bedside
# Put a proxy that speaks TLS in front of it: browsers give no microphone to a page without.

FROM python:3.13-slim-bookworm AS build
WORKDIR /app
RUN python -m venv .venv
# Locks before sources: a change to the sources reuses the layer with the packages.
COPY requirements requirements
RUN .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/bootstrap.txt \
    && .venv/bin/uv pip install --python .venv/bin/python --no-cache --compile-bytecode --only-binary :all: --require-hashes -r requirements/runtime.txt
COPY . .
# Editable, so that the cases, the rubrics and the page are found beside the server, as in a clone.
RUN .venv/bin/uv pip install --python .venv/bin/python --no-cache --no-deps --no-build-isolation -e . \
    && .venv/bin/python -m compileall -q server

FROM python:3.13-slim-bookworm
# Apache-2.0 is Bedside's own. piper-tts and espeak-ng, which run beside it, are under the GPL, and so is the image as a whole.
LABEL org.opencontainers.image.title="Bedside" \
      org.opencontainers.image.licenses="Apache-2.0 AND GPL-3.0-or-later"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libflite1 libpangoft2-1.0-0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 8710 --home-dir /data --shell /usr/sbin/nologin bedside \
    && install -d -o bedside -g bedside -m 0700 /data
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER bedside
WORKDIR /data
VOLUME /data
EXPOSE 8710
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8710/api/health', timeout=4)"]
CMD ["bedside", "up", "--host", "0.0.0.0", "--behind-proxy", "--no-browser", "--port", "8710", "--data", "/data"]
