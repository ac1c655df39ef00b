import { z } from 'zod'
import { address, publicKeyText } from './shapes.ts'

/** Another vendor, such as an upstream, to whom reports are forwarded now and then. */
export const Party = z.strictObject({
  name: z.string().min(1).max(100).describe('The name that the team sees.'),
  address: address.describe('Their security contact.'),
  key: publicKeyText
    .optional()
    .describe(
      'Their OpenPGP public key: a file beside the policy, or the armored block. Ask them to confirm its fingerprint first. Mails to this address are encrypted with this key.',
    ),
})
export type Party = z.infer<typeof Party>
