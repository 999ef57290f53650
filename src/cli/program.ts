import { Argument, Command } from 'commander';
import { examples, number, port } from './option-values';
import { block, note } from '../terminal/output';
import { addAnswerCommands } from './orders/answer-commands';
import { addOrderCommands } from './orders/order-commands';
import type * as Demo from './demo/demo';
import type * as Doctor from './doctor/doctor';
import { systems, type System } from './doctor/finding';
import type * as Sandbox from './sandbox';
import type * as Up from './up';
import type * as WorkerCommand from './worker';

/** The whole command line. What a command needs is loaded when it runs: `--help` should not wait for gRPC. */
export function createProgram(): Command {
  const program = new Command('waybill')
    .description('Carries purchase orders from Claritum through ManEx and NorthScope, on Temporal.')
    .exitOverride()
    .configureOutput({ outputError: (text) => note(block(text.trimEnd())) })
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      [
        examples('demo', 'list --waiting', 'show CL-10231', 'approve CL-10231 --reason "agreed by phone"'),
        '',
        'TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE … say where Temporal is; the default is 127.0.0.1:7233.',
        'Exit codes: 0 done, 1 refused or failed, 2 wrong use or configuration.',
      ].join('\n'),
    );
  addOrderCommands(program);
  addAnswerCommands(program);
  addSystemCommands(program);
  return program;
}

function addSystemCommands(program: Command): void {
  program
    .command('sandbox')
    .description('run simulated vendors, to try and to test Waybill')
    .option('--port <n>', 'port on the loopback interface', port, 7400)
    .option('--orders <n>', 'purchase orders to begin with', number(0, 100_000), 3)
    .option('--seed <n>', 'the same seed gives the same data', number(0, 2_147_483_647), 1)
    .option('--people', 'play the people at the vendors: despatch, deliver, invoice', false)
    .option('--control', 'open the control API under /_sandbox', true)
    .option('--no-control', 'refuse it')
    .addHelpText('after', examples('sandbox', 'sandbox --port 7500 --orders 30 --people'))
    .action((options: Sandbox.SandboxOptions) => {
      const { runSandbox }: typeof Sandbox = require('./sandbox');
      return runSandbox(options);
    });
  program
    .command('worker')
    .description('run the worker with the vendors of the environment')
    .addHelpText('after', examples('worker'))
    .action(() => {
      const { runWorker }: typeof WorkerCommand = require('./worker');
      return runWorker();
    });
  program
    .command('doctor')
    .description('check everything Waybill needs, read-only, and say what to fix')
    .addArgument(new Argument('[system...]', 'only these').choices(systems))
    .option('--no-login', 'do not log in to iSync: a login ends the session in use')
    .option('--json', 'print the findings as JSON', false)
    .addHelpText(
      'after',
      [
        examples('doctor', 'doctor claritum temporal', 'doctor --no-login --json'),
        '',
        'Checks the vendors that .env names. While `npm start` runs, its sandbox replaces the others.',
        'Looks up the names of the policy at each vendor that lists them.',
        '✓ good  ! worth knowing  – a person must check  ✗ must be fixed. Exit code 1 if there is a ✗, otherwise 0.',
      ].join('\n'),
    )
    .action((wanted: System[], options: Doctor.DoctorOptions) => {
      const { doctor }: typeof Doctor = require('./doctor/doctor');
      return doctor(wanted, options);
    });
  program
    .command('up')
    .description('run everything on this machine until Ctrl-C: Temporal with its Web UI, the sandbox, the worker')
    .option('--port <n>', 'port of the Temporal server', port, 7233)
    .option('--ui-port <n>', 'port of the Web UI', port, 8233)
    .option('--sandbox-port <n>', 'port of the sandbox', port, 7400)
    .option('--orders <n>', 'purchase orders in a new sandbox (default: 3)', number(0, 100_000))
    .option('--fresh', 'delete the orders of earlier runs and the data of the sandbox', false)
    .addHelpText('after', examples('up', 'up --fresh --orders 12'))
    .action((options: Up.UpOptions) => {
      const { up }: typeof Up = require('./up');
      return up(options);
    });
  program
    .command('demo')
    .description('carry three purchase orders from end to end, check every vendor, and stop')
    .option('--keep', 'keep running at the end, until Ctrl-C', false)
    .addHelpText('after', examples('demo', 'demo --keep'))
    .action((options: Demo.DemoOptions) => {
      const { demo }: typeof Demo = require('./demo/demo');
      return demo(options);
    });
}
