/** The public key of security@north.example, made a year before the tests begin. */
export const NORTH_KEY = `-----BEGIN PGP PUBLIC KEY BLOCK-----

xjMEaBcskBYJKwYBBAHaRw8BAQdABLZbCc7dS/hu/NK1rrpVrEjQOSMhreUY
oh8ApYuVt+DNHk5vcnRoIDxzZWN1cml0eUBub3J0aC5leGFtcGxlPsLAEwQT
FgoAhQWCaBcskAMLCQcJECpmyXPWKOhtRRQAAAAAABwAIHNhbHRAbm90YXRp
b25zLm9wZW5wZ3Bqcy5vcmdN5bZtLAn2iqNY7olNq9iIy0nEOJZ0lGOBujos
C2zqYwUVCggODAQWAAIBAhkBApsDAh4BFiEED4LL6v6ImaMpeeK7KmbJc9Yo
6G0AANoRAQD9+BflkrVmEVjz03KpU0Ol8P2EgXTgY1BGCXu98MhsVgD9E5Hc
DdZpZ3sTQFlCwTCEjv8OAkENSP7CBRyl/naS9QLOOARoFyyQEgorBgEEAZdV
AQUBAQdAnmdCUWM2KzbhXfB63jX9JYqcVARGlZEt+XIdY5Bjh3kDAQgHwr4E
GBYKAHAFgmgXLJAJECpmyXPWKOhtRRQAAAAAABwAIHNhbHRAbm90YXRpb25z
Lm9wZW5wZ3Bqcy5vcmfAGc0XYCA1On5d0v1mxhjA4NfFqXnpu4RpqfxEvRvG
SwKbDBYhBA+Cy+r+iJmjKXniuypmyXPWKOhtAADqoAD9GNz7QXbZYt4Tz7tF
Mu1uOFFCXsItSca3rHXua72cYEgA/A7puDMjltw+iCUgDoEmGeI8UT72TN9d
EiEHPE3wuHYO
=6DqO
-----END PGP PUBLIC KEY BLOCK-----`

/** Texts that this key signed: half a year before the tests begin, or a week after, with a case number or without. */
export const SIGNED_TEXTS = {
  before: `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

Thanks, we will ship it.
-----BEGIN PGP SIGNATURE-----

wrsEARYKAG0FgmkLEhAJECpmyXPWKOhtRRQAAAAAABwAIHNhbHRAbm90YXRp
b25zLm9wZW5wZ3Bqcy5vcmc6qCxSgmxGt9ajC90UXBnFzFTda61VSSdfybRe
VCuDlBYhBA+Cy+r+iJmjKXniuypmyXPWKOhtAACKBQD+LEaZNMIDLdHsH+jR
cdD3Cls7Mn1DTJ9axiyaHssx6xMA/jxaF64ujNajk2DjhR0O1/GGWv7nOHpf
KbJP7XBA6pkD
=uBRK
-----END PGP SIGNATURE-----`,
  beforeWithNumber: `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

We have SEC-2026-0001.
-----BEGIN PGP SIGNATURE-----

wrsEARYKAG0FgmkLEhAJECpmyXPWKOhtRRQAAAAAABwAIHNhbHRAbm90YXRp
b25zLm9wZW5wZ3Bqcy5vcmfycRNOzVfqULKRMpHztrox08EZ/yAnmzIrsXPa
/R6aNBYhBA+Cy+r+iJmjKXniuypmyXPWKOhtAAApEgEAhdW9sqafUx4GQig/
lNexHLsr+zb8yLWkWfIxlZDKTW8BANFx4HKM+pNp9kc+UuJ7sbpaGifdfP6B
5o4U4/pKShMC
=/O6v
-----END PGP SIGNATURE-----`,
  after: `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

Thanks, we will ship it.
-----BEGIN PGP SIGNATURE-----

wrsEARYKAG0FgmoBmpAJECpmyXPWKOhtRRQAAAAAABwAIHNhbHRAbm90YXRp
b25zLm9wZW5wZ3Bqcy5vcmcNkcAZockbKwI8wk8gpGuv3UUXD5FqgtiyzzLw
vvkhfxYhBA+Cy+r+iJmjKXniuypmyXPWKOhtAAAHLgEA4gU5HJ0oH+yUjla2
mVxqnE80VQ0HBAmJSGw0gHybX7QA/iOz3QDE7RXUvzgNx6cCi49e/LdHkOQV
PV6mVx7QdAIA
=LYaK
-----END PGP SIGNATURE-----`,
  afterWithNumber: `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

We have SEC-2026-0001.
-----BEGIN PGP SIGNATURE-----

wrsEARYKAG0FgmoBmpAJECpmyXPWKOhtRRQAAAAAABwAIHNhbHRAbm90YXRp
b25zLm9wZW5wZ3Bqcy5vcmfsmFK1zWl/Oia4tE62e1UFSStzDcamnLO4MXPQ
/sce/hYhBA+Cy+r+iJmjKXniuypmyXPWKOhtAAA1YwD/fH/gXwWuG/iSdXBj
tjiq1pRVrbf2ae1SjkFSEL8/QwwBAKRR4ImOGF/sOipdlcKe1tthXoBVyKr5
y0E8gSb2b9cJ
=Vogo
-----END PGP SIGNATURE-----`,
} as const
