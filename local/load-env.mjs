// Loads the settings of .env before a command, if there is such a file. Node.js' own option prints a line if there is none.
import { existsSync } from 'node:fs';

if (existsSync('.env')) process.loadEnvFile();
