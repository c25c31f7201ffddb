// The agents' console.
"use strict";
