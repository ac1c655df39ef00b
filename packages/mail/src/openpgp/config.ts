import { config, enums } from 'openpgp'
import type { Config } from 'openpgp'
import { MAX_ARGON2_MEMORY_EXPONENT, MAX_DECOMPRESSED_BYTES, MIN_RSA_BITS } from './limits.ts'

/**
 * What the library may do with bytes from outside. Its defaults allow content of any size. Other files must not change
 * its settings.
 */
export const CONFIG: Config = {
  ...config,
  maxDecompressedMessageSize: MAX_DECOMPRESSED_BYTES,
  maxArgon2MemoryExponent: MAX_ARGON2_MEMORY_EXPONENT,
  minRSABits: MIN_RSA_BITS,
  // Content without integrity protection can be changed on its way so that it leaks (EFAIL).
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  enforceGrammar: true,
  ignoreMalformedPackets: false,
  // A key with a subkey of a kind that the library does not know still serves with its other subkeys.
  ignoreUnsupportedPackets: true,
  // Keys that other programs made without key flags, or that were reformatted, verify what they signed before.
  allowInsecureVerificationWithReformattedKeys: true,
  rejectMessageHashAlgorithms: new Set([...config.rejectMessageHashAlgorithms, enums.hash.sha1]),
  showVersion: false,
  showComment: false,
}
