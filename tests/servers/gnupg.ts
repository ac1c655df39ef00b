import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { output, run, temporaryFolder } from './programs.ts'

export type VerifiedContent = {
  readonly content: Buffer
  /** The fingerprints of the primary keys that made valid signatures (`VALIDSIG` in GnuPG's status lines). */
  readonly goodBy: readonly string[]
}

/** GnuPG with its own key ring. */
export type Gnupg = AsyncDisposable & {
  /** The folder of the key ring, for other programs. */
  readonly home: string
  /** Makes a key with a subkey to encrypt to, and returns its fingerprint. */
  createKey(user: string, algorithms: { readonly sign: string; readonly encrypt: string }): Promise<string>
  publicKey(fingerprint: string): Promise<Uint8Array>
  import(key: Uint8Array): Promise<void>
  /** Encrypts and signs the content. The result is ASCII-armored. */
  encryptAndSign(content: Uint8Array, to: string, signer: string): Promise<Buffer>
  detachedSignature(content: Uint8Array, signer: string): Promise<Buffer>
  decrypt(message: Uint8Array): Promise<VerifiedContent>
  verify(content: Uint8Array, signature: Uint8Array): Promise<readonly string[]>
}

export function openGnupg(): Gnupg {
  const folder = temporaryFolder('gpg')
  const env = { GNUPGHOME: folder.path }
  const usual = ['--batch', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase', '', '--trust-model', 'always']
  const gpg = async (args: readonly string[], input?: Uint8Array): Promise<Buffer> =>
    output(['gpg', ...usual, ...args], { env, ...(input && { input }) })
  const file = (name: string, content: Uint8Array): string => {
    const path = join(folder.path, name)
    writeFileSync(path, content)
    return path
  }
  return {
    home: folder.path,
    async createKey(user, { sign, encrypt }) {
      await gpg(['--quick-gen-key', user, sign, 'sign', '1y'])
      const listed = (await gpg(['--list-keys', '--with-colons', user])).toString()
      const fingerprint = /^fpr:+([0-9A-F]{40}):/mu.exec(listed)?.[1]
      if (fingerprint === undefined) throw new Error('GnuPG made no key')
      await gpg(['--quick-add-key', fingerprint, encrypt, 'encr', '1y'])
      return fingerprint
    },
    publicKey: async (fingerprint) => gpg(['--export', fingerprint]),
    async import(key) {
      await gpg(['--import'], key)
    },
    encryptAndSign: async (content, to, signer) =>
      gpg(['--armor', '--encrypt', '--sign', '--recipient', to, '--local-user', signer], content),
    detachedSignature: async (content, signer) =>
      gpg(['--armor', '--digest-algo', 'SHA512', '--detach-sign', '--local-user', signer], content),
    async decrypt(message) {
      const { code, out, err } = await run(['gpg', ...usual, '--status-fd', '2', '--decrypt'], { env, input: message })
      if (code !== 0) throw new Error(err)
      return { content: out, goodBy: goodBy(err) }
    },
    async verify(content, signature) {
      const args = ['--status-fd', '2', '--verify', file('signature', signature), file('content', content)]
      return goodBy((await run(['gpg', ...usual, ...args], { env })).err)
    },
    async [Symbol.asyncDispose]() {
      await run(['gpgconf', '--kill', 'all'], { env })
      folder[Symbol.dispose]()
    },
  }
}

/** The last word of a VALIDSIG line is the fingerprint of the primary key (doc/DETAILS of GnuPG). */
const goodBy = (status: string): readonly string[] =>
  [...status.matchAll(/^\[GNUPG:\] VALIDSIG .* ([0-9A-F]{40})\r?$/gmu)].map(([, fingerprint = '']) => fingerprint)
