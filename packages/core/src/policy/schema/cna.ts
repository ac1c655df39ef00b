import { z } from 'zod'
import { address, webAddress } from './shapes.ts'

/** The CNA that assigns the ids of a project, if it is neither GitHub nor the project. */
export const Cna = z.strictObject({
  address: address
    .optional()
    .describe(
      'Its mail address, if `cve` is `other`: `/cve request` then shows the request and mails it. With a key of this address under `parties`, it leaves encrypted.',
    ),
  form: webAddress.optional().describe('The address of its form, if `cve` is `form`. MITRE’s if left out.'),
})
