import pc from 'picocolors';

/**
 * Colour for a person at a terminal only (NO_COLOR honoured): output that goes elsewhere is plain, also under CI. Off a
 * terminal `isTTY` is undefined, which createColors would take for "decide yourself".
 */
export const colour = pc.createColors(process.stdout.isTTY ? pc.isColorSupported : false);
