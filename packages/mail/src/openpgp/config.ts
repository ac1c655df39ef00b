import { config, enums } from 'openpgp'
import type { Config } from 'openpgp'
import { MAX_ARGON2_MEMORY_EXPONENT, MAX_DECOMPRESSED_BYTES, MIN_RSA_BITS } from './limits.ts'

/**
 * What the library may do with bytes from outside. The library's defaults allow content of any size. Other files must
 * not change these settings.
 */
export const CONFIG: Config = {
  ...config,
  maxDecompressedMessageSize: MAX_DECOMPRESSED_BYTES,
  maxArgon2MemoryExponent: MAX_ARGON2_MEMORY_EXPONENT,
  minRSABits: MIN_RSA_BITS,
  // An attacker can change a message without integrity protection so that opening the message reveals its plain text
  // (EFAIL).
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  enforceGrammar: true,
  ignoreMalformedPackets: false,
  // A key that has a subkey of an unknown kind can still be used with its other subkeys.
  ignoreUnsupportedPackets: true,
  // Keys without key flags, and keys that were reformatted later, can still be used to verify what they signed.
  allowInsecureVerificationWithReformattedKeys: true,
  rejectMessageHashAlgorithms: new Set([...config.rejectMessageHashAlgorithms, enums.hash.sha1]),
  showVersion: false,
  showComment: false,
}
