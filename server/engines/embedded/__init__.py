"""The engines that need no weights: espeak-ng, flite and pocketsphinx."""
