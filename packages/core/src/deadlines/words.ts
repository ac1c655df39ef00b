import { nameIn } from './name.ts'
import type { ClockName } from './name.ts'

/** What a clock is about, in words that say nothing of the vulnerability: they stand in mails that are not encrypted. */
const WORDS: Readonly<Record<ClockName, string>> = {
  acknowledge: 'acknowledge the report',
  'offer-owner': 'take the case, which nobody owns',
  'decide-validity': 'decide whether the report is valid',
  'update-reporter': 'tell the reporter how far it is',
  'waiting-on-party': 'ask the other party how far they are',
  'needs-info': 'the reporter has not answered a question',
  stale: 'nothing has happened for a while',
  'fix-ready': 'have a verified fix',
  'reporter-verification': 'the reporter has not said whether the patch fixes it',
  prenotify: 'pre-notify',
  signal: 'say yes or no to a signal',
  'acknowledge-prenotification': 'a recipient has not said that they have the pre-notification',
  release: 'publish',
  'embargo-end': 'the embargo ends',
  'request-cve': 'ask for a CVE id',
  'publish-cve': 'publish the CVE record',
  'oss-security-duty': 'write to oss-security, as the list asks',
  retrospective: 'hold the retrospective',
  'consent-silence': 'a date that was proposed for the embargo has no answer',
  'cra-early-warning': 'send the early warning that the Cyber Resilience Act asks for',
  'cra-notification': 'send the notification that the Cyber Resilience Act asks for',
  'cra-final': 'send the final report that the Cyber Resilience Act asks for',
  'late-mail': 'see to a mail that came after the case was closed',
  'archive-channel': 'the channel of a closed case is archived',
}

/** By the clock's name up to its first slash; the rest says of what. */
export function deadlineWords(clock: string): string {
  const name = nameIn(clock, WORDS)
  return name === undefined ? 'look at the case' : WORDS[name]
}
