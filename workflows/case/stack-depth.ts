/**
 * Loaded once, before the workflows (worker/bundle.ts). The SDK keeps the stack of every promise a workflow waits on,
 * twice, as text and as objects, for the Web UI's "Call Stack": of an order that waits, more than all it knows itself.
 * Two of these frames are the SDK's own; the other four are enough to tell where an order waits, as six are to tell where
 * an error came from.
 */
Error.stackTraceLimit = 6;
