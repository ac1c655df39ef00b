import type { PolicyLook } from './finding.ts'

/** Recipients to whom no mail can ever leave. */
export const recipients: PolicyLook = (policy) =>
  policy.prenotification.lists.flatMap((list) =>
    list.recipients.flatMap(({ name, consented, plaintext }) => {
      const base = {
        rule: 'unmailable-recipient' as const,
        what: `${name} on the list ${list.name} can never be mailed.`,
      }
      if (consented === undefined) {
        return [
          {
            ...base,
            why: 'Nobody recorded that they agreed to the terms of the list, and nothing goes to who did not.',
            instead: 'Write the day of their agreement under consented, or take them off the list.',
          },
        ]
      }
      if (plaintext === undefined) {
        return [
          {
            ...base,
            why: 'There is no key to encrypt to, and plain text is not accepted for them.',
            instead: 'Write plaintext: accepted where they accept it, or take them off the list.',
          },
        ]
      }
      return []
    }),
  )
