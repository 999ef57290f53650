#!/usr/bin/env node
'use strict';

// Works from any directory right after `npm ci`: the sources are loaded as they are, there is nothing to build.
require('tsx/cjs');
require('../src/cli/main.ts');
