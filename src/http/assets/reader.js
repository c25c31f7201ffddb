// The reader.
"use strict";
