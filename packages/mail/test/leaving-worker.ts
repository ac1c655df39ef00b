// A worker for tests. The mail "kill" makes it exit, as a hostile mail could do to the real worker.
process.on('message', ({ raw }: { readonly raw: Uint8Array }) => {
  if (new TextDecoder().decode(raw) === 'kill') {
    process.exit(3)
  }
  process.send?.({ is: 'parsed', mail: { subject: 'fine' } })
})
process.send?.({ is: 'ready' })
