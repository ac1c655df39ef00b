// Every rule that can refuse a command, as the refusals name it: what it means, and what to do when it refuses.
import { chatVerbOf } from '@embargo/chat'
import { GATES, isGateId, PERSON_VERBS, RULES_OF_ALL, rulesOf } from '@embargo/core'
import type { GateId, PersonVerb } from '@embargo/core'

type Help = { readonly means: string; readonly instead: string }

/** What a rule is for, and how people come past it. A refusal says the same for its very case. */
const HELP: Readonly<Record<GateId, Help>> = {
  role: {
    means:
      'The policy says which roles run a command, under `roles`. An account that belongs to no person of the policy acts for nobody.',
    instead: 'Somebody who has the role runs it; or an admin gives the role, or adds the account to a person.',
  },
  'on-the-case': {
    means: 'The right to act comes from the case’s own list, not from being in its channel.',
    instead: 'The coordinator or an admin invites the person with `/invite`.',
  },
  'not-the-reporter': {
    means: 'A team member who sent the report decides nothing about it, and gives no second yes.',
    instead:
      'Another team member runs it. Where somebody else wrote in the person’s name, another team member says so with `/not-from`.',
  },
  'no-conflict': {
    means:
      'Whoever declared a conflict of interest with `/conflict`, or for whom an admin did, holds no seat in the case.',
    instead: 'Another team member runs it.',
  },
  acknowledged: {
    means: 'The reporter has heard from a person, and somebody owns the case.',
    instead: 'Any team member runs `/ack`.',
  },
  'validity-decided': {
    means: 'Nothing is planned, fixed or published for a report of which nobody said what it is.',
    instead: 'Any team member decides with `/triage`: valid, or defense-in-depth.',
  },
  'severity-rated': {
    means: 'Deadlines, leads and lists follow from the severity.',
    instead: 'Any team member rates it with `/triage`.',
  },
  'remediator-willing': {
    means: 'A reporter is asked once whether they write the patch, and nobody assigns it to them without their yes.',
    instead: 'A team member logs their yes with `/log-answer`, or assigns a person of the case.',
  },
  'patch-submitted': {
    means: 'A verification holds for one patch and its hash.',
    instead: 'Any team member or maintainer attaches the patch with `/patch submit`.',
  },
  'verifier-is-not-author': {
    means:
      'The author is recorded with the patch. So is who submitted it in another’s name: they confirm it as little.',
    instead:
      'Somebody else confirms it. Who is alone in the solo profile waives the branch instead: it is recorded as unverified.',
  },
  'reporter-agrees': {
    means: 'A report, and its reporter’s name, go to another vendor only with the reporter’s yes.',
    instead: 'The reporter says yes by mail, and a team member logs it with `/log-answer`.',
  },
  'address-of-theirs': {
    means:
      'A letter about a case must never go to an address of the team or of the project, nor to a reporter who was erased.',
    instead: 'The reporter writes from an address of their own.',
  },
  'reporter-verified': {
    means:
      'The reporter knows best whether the hole is closed. A team member may verify instead when there is no reachable reporter, when anything is public or attacked, and after the silence of `clocks.reporterVerification`, with a reason. Whoever wrote since they were asked is not silent, until what they wrote is logged or answered; where nothing proves that it was them, until somebody writes to them.',
    instead:
      'The reporter answers by mail, and somebody who is not the author logs it with `/log-answer`; or the time passes, and a team member confirms with a reason; or two people waive it for this patch with `/waive`.',
  },
  'fix-ready': {
    means: 'At least one affected supported branch is named, and each of them has a patch that somebody else verified.',
    instead:
      'Name the branches with `/affects`, verify with `/confirm`; or waive a single branch with `/waive`, with a second person. The last branch is never waived as not fixed; a publication without a fix says why there is none.',
  },
  'cve-requested': {
    means: 'Recipients and readers need an id to speak of. That it is still pending blocks nothing.',
    instead:
      'Ask for one and record it with `/cve request`; or say in the policy, with `cve: none`, that the project uses none.',
  },
  'embargo-active': {
    means: 'Who is told before the public is told under terms, and there are none without an embargo.',
    instead:
      'Where secrecy is over, disclose instead. Otherwise agree on an embargo with `/embargo propose`: also where the old one expired, or ended for a signal that was corrected.',
  },
  'date-ahead': {
    means:
      'Nobody is told of a date that is past. It is asked when the date is named, and again when a second person says yes to it.',
    instead: 'Name a date that is still to come; a release that is planned moves with `/reschedule`.',
  },
  'inside-embargo': {
    means: 'The embargo’s end is the latest date: nobody is kept waiting beyond it.',
    instead: 'Name an earlier date, or let reporter and team agree on a later end with `/embargo propose`.',
  },
  'embargo-cap': {
    means: 'Reporter and team agree on an end up to `embargo.agreedMost`; beyond it two admins answer.',
    instead: 'Name an earlier end, or two admins run `/embargo extend`, with a reason.',
  },
  'other-side': {
    means: 'An agreement takes both sides: what the team proposed the reporter accepts, and the other way round.',
    instead:
      'The reporter answers by mail and a team member logs it with `/log-answer`; a reporter’s proposal is answered by a team member who did not log it.',
  },
  'reason-holds': {
    means: 'An embargo ends before its time for attacks or a leak, and those are facts that somebody recorded.',
    instead: 'Any team member says what was seen with `/signal attack` or `/signal leak`.',
  },
  'signal-counts': {
    means:
      'Only what counts can be corrected. A signal that still waits for its second yes is refused instead. What counts of a duplicate ends the embargo of the earlier case, raises its severity or suspends its recipients only when two people, or silence, say it there.',
    instead:
      'Look at the signals in `/status`; a waiting one is answered with `/refuse`. Before a merge, any team member runs `/signal` in the earlier case.',
  },
  'embargo-exited': {
    means: 'Nothing says in public what an embargo that is in force still keeps.',
    instead:
      'Publish with `/disclose`, which ends it; end it early with two people and `/embargo terminate`; or say with `/signal public` where it is public already.',
  },
  'lead-time': {
    means:
      'Recipients are promised time to prepare, counted in dates; some lists keep a secret for so many days and no longer.',
    instead:
      'Name a date that fits, which the refusal offers; or waive it with `/waive`, a reason and a second person.',
  },
  'release-window': {
    means: 'A release on a Friday night or a holiday leaves its users alone with it.',
    instead:
      'Name one of the instants that the refusal offers; or waive it with `/waive`, a reason and a second person.',
  },
  'recipient-consent': {
    means: 'Nothing goes to who did not agree to the terms of the list.',
    instead:
      'An admin records the day of their agreement in the policy, under `consented`, or takes them off the list.',
  },
  'recipient-keys': {
    means: 'Patches and details leave encrypted, unless a recipient accepts that their mail can be read on its way.',
    instead: 'An admin writes `plaintext: accepted` for them where they accept it; or waive it with `/waive`.',
  },
  'second-person': {
    means:
      'What cannot be undone takes two people, who both saw the same texts. In the solo profile the same person looks again after `approvals.secondLookAfter`, and types the case number.',
    instead: 'Another team member, or for a long embargo another admin, runs `/approve` or `/refuse`.',
  },
  'release-date': {
    means: 'Recipients and the reporter were promised a date, and nothing is public before it.',
    instead:
      'Wait for it, or move it with `/reschedule`. Where secrecy failed say so with `/signal`; where no date is set pre-notify, which sets it.',
  },
  'nothing-public': {
    means: 'What is public, exploited or attacked needs no embargo and no quiet notice any more.',
    instead: 'Go on to `/disclose`; or two people record with `/signal correct` that the signal was wrong.',
  },
  'secrecy-over': {
    means: 'The fast path, without a fix and without a lead, is for cases whose secrecy failed.',
    instead: 'Say what was seen with `/signal`; otherwise pre-notify and disclose on the planned date.',
  },
  'reaches-the-public': {
    means: 'A publication that is sent to no list would be marked as done, and nobody would have read it.',
    instead:
      'An admin sets `announce` or `ossSecurity` of the project; or publish in another way, and say where with `/signal public`.',
  },
  'texts-complete': {
    means: 'No text of the publication can be written without the component and the impact.',
    instead: 'Any team member or maintainer writes them with `/advisory`.',
  },
  'credit-decided': {
    means: 'The reporter was asked how they want to be named. No answer means that they are not.',
    instead:
      'Ask them with `/reply` and log what they answer with `/log-answer`, or record what they want with `/credit`; or waive it with `/waive`.',
  },
  'one-live-release': {
    means: 'Recipients who were told of a case under one date are not told of another behind it.',
    instead:
      'Take it out of its release with `/release drop`, move that release with `/reschedule`, or wait for its date.',
  },
  'publication-not-begun': {
    means:
      'From its first public step on a publication goes on to its end, with the texts and patches that were approved.',
    instead: 'Let it end. A wrong fix is a new, linked case: `/open … follows`.',
  },
  'earlier-and-open': {
    means: 'A duplicate joins the case that came first, and one that is still worked on.',
    instead: 'Name an earlier open case, open that one again with `/reopen`, or merge the other way round.',
  },
  frozen: {
    means:
      'What two people approved is still on its way out, or one person said that secrecy failed and nobody has answered yet. Nothing that changes it may come between.',
    instead:
      'Wait until the mails are out, and settle those that are in doubt; answer a waiting signal with `/approve` or `/refuse`.',
  },
  'case-open': {
    means: 'A closed case is at rest: nothing of it changes.',
    instead:
      'Open it again with `/reopen`, with the reason; what was merged with a report comes back by `/split`. What was published is not opened again: a new, linked case is.',
  },
  'fits-the-stage': {
    means: 'The command belongs to a later stage, or to one that is over: most often the case is not accepted yet.',
    instead: 'Do the next step, which `/status` names with its owner; `/assign-patch` accepts a case.',
  },
  'makes-sense': {
    means: 'What was typed names something that is not there, or asks for what is so already.',
    instead: 'Read what the refusal names, look at `/status`, and say it anew.',
  },
}

/** `docs/rules.md`, whole. */
export function rules(): string {
  const all = Object.keys(GATES).filter(isGateId)
  return [
    '# The rules',
    '',
    'Made by `npm run docs` from the rules themselves; do not edit it by hand. A refusal names one of them: what it asks, the fact that breaks it, and who can lift it. What may be waived takes a reason and a second person, and the policy can allow less.',
    '',
    '| rule | what must hold | may be waived |',
    '|---|---|---|',
    ...all.map((gate) => `| [\`${gate}\`](#${gate}) | ${GATES[gate].rule} | ${isWaivable(gate) ? 'yes' : ''} |`),
    '',
    ...all.flatMap(section),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

const isWaivable = (gate: GateId): boolean => 'waivable' in GATES[gate]

function section(gate: GateId): readonly string[] {
  const { means, instead } = HELP[gate]
  return [
    `## ${gate}`,
    '',
    `${GATES[gate].rule} ${means}`,
    '',
    `**When it refuses:** ${instead}`,
    '',
    ...askedOf(gate).flatMap((line) => [line, '']),
  ]
}

/** Which commands ask it; nothing for what is asked of the words of a command. */
function askedOf(gate: GateId): readonly string[] {
  if (RULES_OF_ALL.includes(gate)) return ['Asked of every command about a case.']
  const commands = PERSON_VERBS.filter((verb) => gate !== 'makes-sense' && rulesOf(verb).includes(gate)).map(typed)
  return commands.length === 0 ? [] : [`Asked of ${commands.join(', ')}.`]
}

function typed(core: PersonVerb): string {
  const { verb, input } = chatVerbOf(core)
  return `\`/${[verb, ...Object.values(input)].join(' ')}\``
}
