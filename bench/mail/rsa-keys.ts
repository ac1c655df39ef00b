import { generateKey, readPrivateKey, reformatKey } from 'openpgp'
import type { PrivateKey } from 'openpgp'

const SECOND_MS = 1_000
const DAY_MS = 24 * 60 * 60 * SECOND_MS
const BITS = 4096

/** A key of RSA-4096, created a day ago. */
export async function rsaKey(address: string): Promise<PrivateKey> {
  const { privateKey } = await generateKey({
    type: 'rsa',
    rsaBits: BITS,
    userIDs: { email: address },
    date: new Date(Date.now() - DAY_MS),
    format: 'object',
  })
  return privateKey
}

/**
 * Keys for these addresses. Generating hundreds of keys would take minutes, so all of them are copies of one key with
 * different creation times, which give them different fingerprints.
 */
export async function rsaKeys(addresses: readonly string[]): Promise<readonly PrivateKey[]> {
  const first = (await rsaKey('robin@sample.example')).write()
  return Promise.all(
    addresses.map(async (address, n) => {
      const key = await readPrivateKey({ binaryKey: first })
      for (const { keyPacket } of [key, ...key.subkeys])
        keyPacket.created = new Date(keyPacket.created.getTime() - n * SECOND_MS)
      const { privateKey } = await reformatKey({
        // The library computes the fingerprints when it reads a key, so the key is read again for each copy.
        privateKey: await readPrivateKey({ binaryKey: key.write() }),
        userIDs: { email: address },
        date: new Date(Date.now() - DAY_MS),
        format: 'object',
      })
      return privateKey
    }),
  )
}
