import { z } from 'zod'
import { about } from '../../option.ts'

/** The last digits of a fingerprint, which the owner of the key has read out to the caller. */
export const digitsOption = () =>
  z
    .string()
    .regex(/^[0-9A-Fa-f][0-9A-Fa-f :]{0,90}$/, 'a fingerprint has the digits 0 to 9 and A to F')
    .register(about, {
      label: 'The last eight digits of the fingerprint, or all',
      hint: 'Ask the owner of the key to read them to you, but not by mail',
      takes: 'rest',
      shownAs: 'last-digits',
    })
