import { z } from 'zod'
import { address, webAddress } from './shapes.ts'

/** The CNA that assigns the ids of a project, if it is neither GitHub nor the project. */
export const Cna = z.strictObject({
  address: address
    .optional()
    .describe(
      'The CNA’s mail address, if `cve` is `other`: `/cve request` then shows the request and mails it, encrypted if `parties` has a key for this address.',
    ),
  form: webAddress
    .optional()
    .describe('The web address of the CNA’s form, if `cve` is `form`. If left out: MITRE’s form.'),
})
