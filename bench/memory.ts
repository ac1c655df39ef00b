import { readFileSync } from 'node:fs'

/**
 * The memory of a process and its children in megabytes. Memory that they share, such as the program's code, is counted
 * once (PSS, proc_pid_smaps_rollup(5)). Linux only.
 */
export function megabytesOf(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN
  const [own, ...children] = processes(pid).map(megabytesOfOne)
  // A child may have ended since it was listed, for example a process that reads mail.
  return children.filter((one) => !Number.isNaN(one)).reduce((sum, one) => sum + one, own ?? Number.NaN)
}

function processes(pid: number): readonly number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`)
  return [pid, ...children.trim().split(/\s+/u).filter(Boolean).map(Number).flatMap(processes)]
}

/** NaN if the process has ended. */
function megabytesOfOne(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/mu.exec(textOf(`/proc/${pid}/smaps_rollup`))
  return Number(kilobytes?.[1]) / 1024
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
