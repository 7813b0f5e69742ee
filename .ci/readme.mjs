#!/usr/bin/env node
// Runs the fenced blocks of README.md, so that what a reader copies works.
//
//   node .ci/readme.mjs [FILE.md …]      (default: README.md)
//
// - ```sh      run with `bash -e`, in order, in one fresh copy of the repository per document;
//              `longhand` on the path is the command built from this tree (-c Release).
// - ```csharp  compiled and run as a file-based app that refers to src/Longhand; a `#:package Longhand` line is
//              replaced by that reference. When a ```text block follows (one line of prose may stand between),
//              the program must print exactly that.
// - <!-- not run: reason --> before a block skips it; the reason is a must.
// All other blocks are for reading. The last line is `N passed, N failed, N skipped`.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const minutes = Number(process.env.README_BLOCK_MINUTES ?? 5);
const kinds = { sh: "sh", bash: "sh", shell: "sh", csharp: "csharp", cs: "csharp", "c#": "csharp" };

// The fenced blocks of a document: {kind, line, text, before, between}; `before` is the nearest line above that is
// not empty, `between` the lines (not empty) since the block before.
function blocksOf(markdown) {
    const blocks = [];
    let open = null;
    let since = [];
    markdown.split(/\r?\n/).forEach((line, index) => {
        const fence = /^(\s*)(`{3,}|~{3,})\s*(\S*)/.exec(line);
        if (open) {
            if (fence && fence[3] === "" && fence[2][0] === open.fence[0] && fence[2].length >= open.fence.length) {
                blocks.push({ ...open, text: open.lines.join("\n") + "\n" });
                open = null;
                since = [];
            } else {
                open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart());
            }
        } else if (fence) {
            const [, indent, marks, info] = fence;
            open = { kind: kinds[info.toLowerCase()] ?? info.toLowerCase(), line: index + 1, indent, fence: marks, before: since.at(-1) ?? "", between: since, lines: [] };
        } else if (line.trim() !== "") {
            since.push(line.trim());
        }
    });
    if (open) throw new Error(`line ${open.line}: this block is never closed`);
    return blocks;
}

// Runs a program without input; resolves to {code, out, all}.
function run(program, args, options) {
    return new Promise((done) => {
        // a group of its own, so that the time limit also ends what the block has started
        const child = spawn(program, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
        let out = "";
        let all = "";
        child.stdout.setEncoding("utf8").on("data", (text) => ((out += text), (all += text)));
        child.stderr.setEncoding("utf8").on("data", (text) => (all += text));
        const end = () => {
            try {
                process.kill(-child.pid, "SIGKILL");
            } catch {
                // it has ended by itself
            }
        };
        const timer = setTimeout(() => {
            all += `\n(ended after ${minutes} minutes)`;
            end();
        }, minutes * 60_000);
        child.on("error", (error) => (all += error.message));
        child.on("exit", () => end());
        child.on("close", (code) => {
            clearTimeout(timer);
            done({ code: code ?? 1, out, all });
        });
    });
}

const home = mkdtempSync(join(tmpdir(), "longhand-readme-"));
process.on("exit", () => rmSync(home, { recursive: true, force: true }));

const bin = join(home, "bin");
mkdirSync(bin);
const dll = join(root, "src/Longhand.Cli/bin/Release/net10.0/Longhand.Cli.dll");
writeFileSync(join(bin, "longhand"), `#!/bin/sh\nexec dotnet '${dll}' "$@"\n`);
chmodSync(join(bin, "longhand"), 0o755);
const environment = { ...process.env, PATH: `${bin}:${process.env.PATH}` };

function copyOfTheRepository(to) {
    const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
    for (const file of list.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
        cpSync(join(root, file), join(to, file), { recursive: true });
    }
}

const count = { passed: 0, failed: 0, skipped: 0 };
function report(verdict, place, message = "") {
    count[verdict]++;
    console.log(`${verdict.padEnd(7)} ${place}${message && ": " + message}`);
}
const indented = (text) => text.trimEnd().replace(/^/gm, "    ");
const comparable = (text) => text.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "").trimEnd();

for (const document of process.argv.length > 2 ? process.argv.slice(2) : ["README.md"]) {
    const copy = mkdtempSync(join(home, "copy-"));
    copyOfTheRepository(copy);
    let blocks = [];
    try {
        blocks = blocksOf(readFileSync(resolve(root, document), "utf8"));
    } catch (error) {
        report("failed", document, error.message);
    }
    for (const [index, block] of blocks.entries()) {
        if (block.kind !== "sh" && block.kind !== "csharp") continue;
        const place = `${document}:${block.line} (${block.kind})`;
        const skip = /^<!--\s*not run:?\s*(.*?)\s*-->$/.exec(block.before);
        if (skip) {
            if (skip[1] === "") report("failed", place, "a block that is not run must say why");
            else report("skipped", place, skip[1]);
            continue;
        }
        let result;
        let expected = null;
        if (block.kind === "sh") {
            result = await run("bash", ["-e", "-o", "pipefail", "-c", block.text], { cwd: copy, env: environment });
        } else {
            const folder = mkdtempSync(join(home, "app-"));
            const lines = block.text.split("\n").filter((line) => !/^#:package\s+Longhand\b(?!\.)/.test(line));
            const head = ["#:property PublishAot=false", `#:project ${join(root, "src/Longhand/Longhand.csproj")}`];
            writeFileSync(join(folder, "app.cs"), [...head, ...lines].join("\n"));
            result = await run("dotnet", ["run", "-c", "Release", "app.cs"], { cwd: folder, env: environment });
            const next = blocks[index + 1];
            if (next?.kind === "text" && next.between.length <= 1 && !next.before.startsWith("#")) expected = next.text;
        }
        if (result.code !== 0) {
            report("failed", place, `exit code ${result.code}\n${indented(block.text)}\n  gave\n${indented(result.all)}`);
        } else if (expected !== null && comparable(result.out) !== comparable(expected)) {
            report("failed", place, `printed\n${indented(result.out)}\n  instead of\n${indented(expected)}`);
        } else {
            report("passed", place);
        }
    }
}

console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed > 0 ? 1 : 0;
