import { CODE_LIVES_MINUTES, PLATFORM_WORDS } from '@embargo/core'
import type { Roots } from '@embargo/core'
import type { Card, LinkClaim, PendingLink } from '@embargo/engine'
import { buildCard } from './card.ts'
import { code, joined, line, sentence } from './spans.ts'
import { placeOn, typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'

const NOTIFICATION = 'Embargo'

/** Shown only to the caller, because anyone who has the code could link an account of their own. */
export function codeCard(given: string, elsewhere: readonly TypedPlace[]): Card {
  return buildCard({
    kind: 'notice',
    title: 'A code for your other account',
    lines: [
      line(
        'Type it with that account: ',
        ...joined(
          elsewhere.map((place) => [PLATFORM_WORDS[place.platform].where, ' ', code(typedAt(place, `link ${given}`))]),
          ', ',
        ),
      ),
      line(`It is valid for ${CODE_LIVES_MINUTES} minutes and works once. Show it to nobody.`),
      line('Then check here which account typed it. Nothing is linked until you confirm that the account is yours.'),
    ],
    actions: [{ label: 'I have typed it there', verb: 'link', input: {}, style: 'primary' }],
    notification: NOTIFICATION,
  })
}

/** Shown to the account that typed the code. */
export function claimedCard({ word, askedOn, note }: Extract<LinkClaim, { ok: true }>, roots: Roots): Card {
  const there = PLATFORM_WORDS[askedOn].called
  return buildCard({
    kind: 'notice',
    title: note === undefined ? 'One step is left' : 'Nothing was done',
    lines:
      note === undefined
        ? [
            line(
              `Say in ${there}, where you asked for the code, that this account is yours: `,
              code(typedAt(placeOn(askedOn, roots), 'link')),
            ),
            line(
              'The word there must be ',
              code(word),
              '. If it is another word, somebody else typed your code: say no.',
            ),
          ]
        : [line(note)],
    notification: NOTIFICATION,
  })
}

/** Shown to the person who asked for the code: which other account would then act for this person. */
export function pendingCard({ platform, account, word }: PendingLink): Card {
  return buildCard({
    kind: 'notice',
    title: 'An account typed your code',
    lines: [
      line(`On ${PLATFORM_WORDS[platform].called}: `, sentence(account)),
      line('The word that this account was shown: ', code(word)),
      line(
        'If the account is yours and shows the same word, say yes: it will then act for you. If not, say no: the code becomes void.',
      ),
    ],
    actions: [
      { label: 'It is mine', verb: 'link', input: { what: 'yes', word }, style: 'primary' },
      { label: 'It is not', verb: 'link', input: { what: 'no' }, style: 'danger' },
    ],
    notification: NOTIFICATION,
  })
}
