/** Values that must survive a restart and are in no event. Values are sealed; names are plain. */
export type Settings = {
  /** Undefined if nothing was written, or it cannot be read. */
  read(name: string): Promise<unknown>
  write(name: string, value: unknown): Promise<void>
}
