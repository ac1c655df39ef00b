import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/** The page of an advisory: such a link has no text of anybody's, so it may be opened. Any other is made harmless. */
const PAGE = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/security\/advisories\/GHSA(?:-[\da-z]{4}){3}$/u

export const advisoryLink = (link: string): Span => (PAGE.test(link) ? plain(link) : outside(link, 'the advisory'))
