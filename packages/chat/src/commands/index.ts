import type { ChatCommand } from '../chat-command.ts'
import { ack } from './ack.ts'
import { advisory } from './advisory.ts'
import { advisoryLink } from './done.ts'
import { affects } from './triage-affects.ts'
import { answer } from './answer.ts'
import { approve } from './approve.ts'
import { ask } from './ask.ts'
import { assignPatch } from './assign-patch.ts'
import { cases } from './cases.ts'
import { channel } from './settle-channel.ts'
import { close } from './close.ts'
import { confirm } from './confirm.ts'
import { credit } from './credit.ts'
import { cve } from './cve.ts'
import { defer } from './triage-not-now.ts'
import { deployed } from './deployed.ts'
import { disclose } from './disclose.ts'
import { duplicate, merge } from './triage-duplicate.ts'
import { duty } from './duty.ts'
import { embargo } from './embargo.ts'
import { forward } from './party-forward.ts'
import { help } from './help.ts'
import { logAnswer } from './log-answer.ts'
import { mail } from './mail.ts'
import { read } from './read.ts'
import { notFrom } from './people-not-reporter.ts'
import { open } from './open.ts'
import { patch } from './patch.ts'
import { prenotify } from './prenotify.ts'
import { publication } from './advisory-as.ts'
import { refuseApproval } from './approve-no.ts'
import { reopen } from './reopen.ts'
import { remind } from './remind.ts'
import { release } from './release.ts'
import { reply } from './reply.ts'
import { reporter } from './reporter.ts'
import { reschedule } from './release-move.ts'
import { retro } from './retro.ts'
import { settle } from './settle.ts'
import { snooze } from './remind-later.ts'
import { split } from './open-report.ts'
import { signal } from './signal.ts'
import { status } from './status.ts'
import { triage } from './triage.ts'
import { update } from './update.ts'
import { link } from './link.ts'
import { unlink } from './link-remove.ts'
import { lockout } from './lockout.ts'
import { wait } from './party-wait.ts'
import { away } from './away.ts'
import { consent } from './people-join.ts'
import { intake } from './open-waiting.ts'
import { invite } from './people-invite.ts'
import { conflict } from './people-conflict.ts'
import { handoff } from './people-handoff.ts'
import { remove } from './people-remove.ts'
import { take } from './take.ts'
import { waive } from './waive.ts'

/** Every command, in the order of the process. Help, manifest, registration and documentation use this order. */
export const COMMANDS: readonly ChatCommand[] = [
  ack,
  notFrom,
  triage,
  affects,
  assignPatch,
  patch,
  confirm,
  waive,
  logAnswer,
  advisory,
  credit,
  advisoryLink,
  cve,
  release,
  prenotify,
  reschedule,
  approve,
  refuseApproval,
  disclose,
  publication,
  duplicate,
  merge,
  split,
  embargo,
  signal,
  deployed,
  close,
  reopen,
  defer,
  wait,
  retro,
  status,
  cases,
  reply,
  answer,
  forward,
  reporter,
  ask,
  update,
  mail,
  read,
  settle,
  channel,
  invite,
  consent,
  away,
  link,
  unlink,
  lockout,
  handoff,
  take,
  remove,
  conflict,
  remind,
  snooze,
  duty,
  open,
  intake,
  help,
]
