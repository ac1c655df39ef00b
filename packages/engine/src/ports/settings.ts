/** What the program must know after a restart and no event says. Sealed; a name is plain. */
export type Settings = {
  /** Undefined where nothing was written, or what was cannot be read. */
  read(name: string): Promise<unknown>
  write(name: string, value: unknown): Promise<void>
}
