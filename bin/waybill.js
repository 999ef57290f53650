#!/usr/bin/env node
'use strict';

if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`waybill: Node ${process.versions.node} is too old; 20.19 or newer is needed.\n`);
  process.exit(1);
}

// Works from any directory right after `npm ci`: the sources are loaded as they are, there is nothing to build.
const { register } = require('tsx/cjs/api');
register();
const { main } = require('../src/cli/main.ts');
main(process.argv);
