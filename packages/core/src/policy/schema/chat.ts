import { z } from 'zod'

export const Chat = z.strictObject({
  sender: z
    .enum(['name-and-address', 'name', 'nothing'])
    .describe('How much of who sent a mail stands in the channel. The mail itself keeps all of it.'),
  mailText: z
    .enum(['shown', 'on-request'])
    .describe('Whether what a reporter wrote stands in the channel, or is read in the terminal, by who asks for it.'),
})
export type Chat = z.infer<typeof Chat>
