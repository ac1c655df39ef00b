import type { PersonRequest, PersonVerb } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { ack } from './ack.ts'
import { advisory } from './advisory.ts'
import { advisoryOpened, advisoryPublished } from './done-advisory.ts'
import { affects } from './triage-affects.ts'
import { approve } from './approve.ts'
import { ask } from './reply-question.ts'
import { assignPatch } from './assign-patch.ts'
import { channelOk, channelOpen } from './settle-channel.ts'
import { close } from './close.ts'
import { confirm } from './confirm.ts'
import { credit } from './log-answer-credit.ts'
import { cvePublish, cveReject, cveRequest, cveSet } from './cve.ts'
import { defer } from './triage-not-now.ts'
import { disclose } from './disclose.ts'
import { duplicate } from './triage-duplicate.ts'
import { embargoAccept, embargoReject } from './embargo-answer.ts'
import { embargoOpen, embargoTerminate } from './embargo-end.ts'
import { embargoExtend } from './embargo-extend.ts'
import { embargoPropose } from './embargo-until.ts'
import { duty } from './done-duty.ts'
import { forward } from './party-forward.ts'
import type { Handler } from './handler.ts'
import { deployed } from './done-deployed.ts'
import { interim } from './disclose-interim.ts'
import { logAnswer } from './log-answer.ts'
import { notFrom } from './people-not-reporter.ts'
import { open } from './open.ts'
import { patchSubmit } from './patch.ts'
import { prenotify } from './prenotify.ts'
import { prenotifyAcknowledged } from './log-answer-has-it.ts'
import { prenotifyUpdate } from './prenotify-update.ts'
import { publication } from './advisory-as.ts'
import { refuseApproval } from './approve-no.ts'
import { reopen } from './reopen.ts'
import { remind } from './remind.ts'
import { releaseAdd } from './release-add.ts'
import { releaseCancel } from './release-cancel.ts'
import { releaseDrop } from './release-drop.ts'
import { releasePlan } from './release-plan.ts'
import { reply } from './reply.ts'
import { reporterAddress } from './log-answer-address.ts'
import { reschedule } from './release-move.ts'
import { settle } from './settle.ts'
import { snooze } from './remind-later.ts'
import { signalAttack, signalExploit, signalLeak, signalPublic } from './signal.ts'
import { leakOutlive, signalCorrect } from './signal-wrong.ts'
import { retro } from './retro.ts'
import { split } from './open-report.ts'
import { triage } from './triage.ts'
import { update } from './reply-progress.ts'
import { wait } from './party-wait.ts'
import { away } from './away.ts'
import { consent } from './people-consent.ts'
import { invite } from './people-invite.ts'
import { conflict } from './people-conflict.ts'
import { handoff } from './people-handoff.ts'
import { remove } from './people-remove.ts'
import { take } from './take.ts'
import { waive } from './waive.ts'

type Handlers = { readonly [V in PersonVerb]: Handler<Extract<PersonRequest, { verb: V }>> }

/** Every command of people. Adding one adds its file and a line here. */
const HANDLERS: Handlers = {
  ack,
  triage,
  'triage.affects': affects,
  'assign-patch': assignPatch,
  patch: patchSubmit,
  confirm,
  'log-answer': logAnswer,
  'people.not-reporter': notFrom,
  'log-answer.address': reporterAddress,
  'party.forward': forward,
  advisory,
  'log-answer.credit': credit,
  'release.plan': releasePlan,
  'release.add': releaseAdd,
  'release.drop': releaseDrop,
  'release.cancel': releaseCancel,
  'release.move': reschedule,
  prenotify,
  'prenotify.update': prenotifyUpdate,
  'log-answer.has-it': prenotifyAcknowledged,
  disclose,
  approve,
  'approve.no': refuseApproval,
  'embargo.until': embargoPropose,
  'embargo.accept': embargoAccept,
  'embargo.reject': embargoReject,
  'embargo.extend': embargoExtend,
  'embargo.open': embargoOpen,
  'embargo.end': embargoTerminate,
  'signal.public': signalPublic,
  'signal.exploit': signalExploit,
  'signal.attack': signalAttack,
  'signal.leak': signalLeak,
  'signal.wrong': signalCorrect,
  'embargo.keep': leakOutlive,
  'disclose.interim': interim,
  'done.deployed': deployed,
  'settle.channel.ok': channelOk,
  'settle.channel.open': channelOpen,
  close,
  'reply.question': ask,
  'triage.not-now': defer,
  reopen,
  'reply.progress': update,
  'party.wait': wait,
  'advisory.as': publication,
  open,
  'triage.duplicate': duplicate,
  'open.report': split,
  retro,
  'done.advisory-opened': advisoryOpened,
  'done.advisory-published': advisoryPublished,
  'cve.request': cveRequest,
  'cve.set': cveSet,
  'cve.published': cvePublish,
  'cve.reject': cveReject,
  reply,
  settle,
  'remind.later': snooze,
  remind,
  'done.duty': duty,
  waive,
  'people.invite': invite,
  'people.consent': consent,
  away,
  'people.handoff': handoff,
  take,
  'people.remove': remove,
  'people.conflict': conflict,
}

export const gatesOf = (verb: PersonVerb): readonly Gate[] => HANDLERS[verb].gates

/** Runs the command's own part. Its gates have been asked before. */
export function decideForPerson(context: Context): Decision {
  return run(context.request.verb, context)
}

// The table ties each verb to its own request; the compiler cannot follow that tie through an index.
function run<V extends PersonVerb>(verb: V, context: Context): Decision {
  return HANDLERS[verb].decide(context as Context<Extract<PersonRequest, { verb: V }>>)
}
