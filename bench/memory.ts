import { readFileSync } from 'node:fs'

/**
 * The memory of a process and its children in megabytes. Memory that they share, such as the program's code, is counted
 * once (PSS, proc_pid_smaps_rollup(5)). Linux only.
 */
export function megabytesOf(pid: number | undefined): number {
  if (pid === undefined) return Number.NaN
  return processes(pid).reduce((sum, one) => sum + own(one), 0)
}

function processes(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return [pid, ...children.trim().split(/\s+/u).filter(Boolean).map(Number).flatMap(processes)]
}

function own(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  return Number(kilobytes?.[1]) / 1024
}
