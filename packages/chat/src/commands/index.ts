import type { ChatCommand } from '../chat-command.ts'
import { ack } from './ack.ts'
import { advisory } from './advisory.ts'
import { publication } from './advisory-as.ts'
import { approve } from './approve.ts'
import { refuseApproval } from './approve-no.ts'
import { assignPatch } from './assign-patch.ts'
import { away } from './away.ts'
import { close } from './close.ts'
import { confirm } from './confirm.ts'
import { correct } from './correct.ts'
import { cve } from './cve.ts'
import { disclose } from './disclose.ts'
import { done } from './done.ts'
import { embargo } from './embargo.ts'
import { help } from './help.ts'
import { hold } from './hold.ts'
import { key } from './key.ts'
import { keyForget, keyPin, keyPlain, keyReplace } from './key-decisions.ts'
import { link } from './link.ts'
import { unlink } from './link-remove.ts'
import { lockout } from './lockout.ts'
import { logAnswer } from './log-answer.ts'
import { open } from './open.ts'
import { split } from './open-report.ts'
import { openWaiting, openNo } from './open-waiting.ts'
import { party } from './party.ts'
import { forward } from './party-forward.ts'
import { partyReference } from './party-reference.ts'
import { wait, waitOver } from './party-wait.ts'
import { patch } from './patch.ts'
import { people } from './people.ts'
import { conflict } from './people-conflict.ts'
import { handoff } from './people-handoff.ts'
import { invite } from './people-invite.ts'
import { join, decline } from './people-join.ts'
import { notFrom } from './people-not-reporter.ts'
import { remove } from './people-remove.ts'
import { prenotify } from './prenotify.ts'
import { read } from './read.ts'
import { readFiles } from './read-files.ts'
import { rehearse } from './rehearse.ts'
import { release } from './release.ts'
import { add } from './release-add.ts'
import { cancel } from './release-cancel.ts'
import { notes } from './release-notes.ts'
import { drop } from './release-drop.ts'
import { move } from './release-move.ts'
import { plan } from './release-plan.ts'
import { remind } from './remind.ts'
import { snooze } from './remind-later.ts'
import { reopen } from './reopen.ts'
import { reply } from './reply.ts'
import { retro } from './retro.ts'
import { settle } from './settle.ts'
import { channelOk, channelOpen } from './settle-channel.ts'
import { signal } from './signal.ts'
import { status } from './status.ts'
import { clocks } from './status-clocks.ts'
import { parked } from './status-parked.ts'
import { why } from './status-why.ts'
import { triage } from './triage.ts'
import { affects } from './triage-affects.ts'
import { duplicate } from './triage-duplicate.ts'
import { defer } from './triage-not-now.ts'
import { waive } from './waive.ts'

/**
 * Every command, each verb followed by its sub-words, in the order of the process. Help, the manifest, registration and
 * documentation list them in this order.
 */
export const COMMANDS: readonly ChatCommand[] = [
  ack,
  triage,
  affects,
  duplicate,
  defer,
  assignPatch,
  patch,
  confirm,
  logAnswer,
  advisory,
  publication,
  cve,
  release,
  plan,
  add,
  drop,
  move,
  cancel,
  notes,
  prenotify,
  disclose,
  hold,
  correct,
  approve,
  refuseApproval,
  waive,
  embargo,
  signal,
  reply,
  key,
  keyPin,
  keyReplace,
  keyForget,
  keyPlain,
  party,
  forward,
  wait,
  waitOver,
  partyReference,
  open,
  openWaiting,
  openNo,
  split,
  close,
  reopen,
  retro,
  status,
  clocks,
  parked,
  why,
  read,
  readFiles,
  rehearse,
  people,
  invite,
  join,
  decline,
  remove,
  handoff,
  conflict,
  notFrom,
  away,
  link,
  unlink,
  lockout,
  done,
  settle,
  channelOk,
  channelOpen,
  remind,
  snooze,
  help,
]
