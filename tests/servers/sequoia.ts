import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { output, run, temporaryFolder } from './programs.ts'

/** The program `sq` of Sequoia, with its own home folder. Each key is a file. */
export type Sequoia = Disposable & {
  createKey(
    name: string,
    address: string,
    suite: 'cv25519' | 'rsa4k',
  ): Promise<{ readonly secret: Uint8Array; readonly public: Uint8Array }>
  encryptAndSign(content: Uint8Array, to: Uint8Array, signer: Uint8Array): Promise<Buffer>
  detachedSignature(content: Uint8Array, signer: Uint8Array): Promise<Buffer>
  /**
   * The decrypted content, if it has a valid signature by `signer`.
   * @throws otherwise
   */
  decrypt(message: Uint8Array, key: Uint8Array, signer: Uint8Array): Promise<Buffer>
  /** Whether the signature is valid and was made with this key. */
  verifies(content: Uint8Array, signature: Uint8Array, signer: Uint8Array): Promise<boolean>
}

export function openSequoia(): Sequoia {
  const folder = temporaryFolder('sq')
  let files = 0
  const at = (): string => join(folder.path, `f${(files += 1)}`)
  const file = (content: Uint8Array): string => {
    const path = at()
    writeFileSync(path, content)
    return path
  }
  const sq = (...args: readonly string[]): readonly [string, ...string[]] => [
    'sq',
    '--batch',
    '--home',
    folder.path,
    ...args,
  ]
  return {
    async createKey(name, address, suite) {
      const [secret, revocation, certificate] = [at(), at(), at()]
      await output(
        sq(
          'key',
          'generate',
          '--own-key',
          '--name',
          name,
          '--email',
          address,
          '--cipher-suite',
          suite,
          '--without-password',
          '--output',
          secret,
          '--rev-cert',
          revocation,
        ),
      )
      await output(sq('key', 'delete', '--cert-file', secret, '--output', certificate))
      return { secret: readFileSync(secret), public: await output(sq('packet', 'dearmor', certificate)) }
    },
    encryptAndSign: async (content, to, signer) =>
      output(sq('encrypt', '--for-file', file(to), '--signer-file', file(signer), file(content))),
    detachedSignature: async (content, signer) =>
      output(sq('sign', '--signer-file', file(signer), '--signature-file', '-', file(content))),
    decrypt: async (message, key, signer) =>
      output(sq('decrypt', '--recipient-file', file(key), '--signer-file', file(signer), file(message))),
    verifies: async (content, signature, signer) =>
      (await run(sq('verify', '--signer-file', file(signer), '--signature-file', file(signature), file(content))))
        .code === 0,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
