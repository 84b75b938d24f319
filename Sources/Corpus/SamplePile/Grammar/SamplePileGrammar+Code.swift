extension SamplePile.Grammar {
  /// Source files. Pronouns in them are names of variables, and the odd comment.
  static let code = ##"""
    = verb
    {get|set|load|find|update|parse|render|check|make|merge|count|send|read|write|open|close|sort|split|resolve|flush}
    = noun
    {item|node|user|record|token|buffer|page|handle|path|order|account|event|layer|message|frame|queue|cell|label|session}
    = adjective
    {old|new|last|first|raw|next|total|local|cached|default|pending|max|min|shared}
    = python.head
    #!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n"""{^comment}"""\n\nimport os\nimport sys\nfrom {noun}s import {^noun}, {^verb}{^noun}
    # Copyright (c) {#2003-2019} {A.full} <{A.mail}@example.com>\n\nimport json\nimport logging\n\nlogger = logging.getLogger(__name__)
    = python.body
    class {^%adjective}{^%noun}(object):
    |     """{^comment}"""
    |
    |     def __init__(self, {%noun}, {%adjective}={#0-64}):
    |         self.{%noun} = {%noun}
    |         self.{field} = None
    |         self._{%adjective} = {%adjective}
    |
    |     def {%verb}_{%noun}(self):
    |         # {comment}
    |         return self.{%noun}[self._{%adjective}:]
    def {%verb}_{%noun}({%noun}s, {%adjective}_{%noun}=None):
    |     """{^comment}"""
    |     result = []
    |     for {%noun} in {%noun}s:
    |         if {%noun} is None or not {%noun}.{%adjective}:
    |             continue
    |         result.append({%verb}({%noun}))
    |     return result
    def {%verb}_{%noun}_{#2-9}({$pair}):
    |     {%noun} = {%adjective}[{#0-9}]
    |     return {%noun} - {#1-9}
    {$pronoun.code}
    if __name__ == '__main__':
    |     {%verb}_{%noun}(sys.argv[1:])
    class Test{^%verb}{^%noun}(unittest.TestCase):
    |
    |     def test_{%verb}_{%adjective}(self):
    |         {%noun} = {%verb}_{%noun}('{url}')
    |         self.assertEqual({%noun}.{%adjective}, {#0-999})
    |         self.assertIsNone({%noun}.{field})
    = field
    {name|size|offset|length|{adjective}_{noun}|{noun}_id|is_{adjective}|{noun}_count|flags|timeout|parent|depth|path}
    {id|kind|label|width|{noun}_at|{verb}_count|{adjective}|{noun}_name|{adjective}_size|his_name|token|version|owner|url}
    {key|value|state|{verb}er|{noun}_{noun}|index|limit|queue|cursor|mode|handle|her_name|level|rank|status|weight|color}
    = pair
    {noun}, {adjective}
    {adjective}, {noun}={#0-9}
    he, she
    = pronoun.code
    {!noun}_{!adjective} = '{noun}'
    {^noun} = collections.namedtuple('{^noun}', '{noun} {adjective}')
    {noun}_{noun} = None
    _{adjective}_{noun} = []
    {verb}_{noun} = lambda x: x.{adjective}
    {noun}s = dict(a={#1-99}, b={#1-99})
    {%noun}_{%adjective} = {{}}
    {!%noun}_{!%adjective} = {#1-4096}
    {!%noun}S = ['{%noun}', '{%noun}', '{%noun}']
    PRONOUNS = ['he', 'him', 'his', 'she', 'her', 'hers']
    his = 3
    |
    | her = his + {#1-9}
    = comment
    {verb}s the {adjective} {noun} of the given {noun}.
    {verb} every {noun} that has no {adjective} {noun}.
    the caller must close the {noun} himself.
    TODO: ask {A} whether {he} still need{s} this.
    {verb}s the {noun}, then the {adjective} {noun}.
    note: {noun}s may be empty.
    not thread-safe.
    a {noun} is {adjective} if it has no {noun}.
    default: {#1-900}
    {noun} {noun}s are kept in {adjective} order.
    fixes #{#10-9999}
    FIXME: this is slow for large {noun}s.
    the {adjective} {noun}, in bytes.
    see {url}
    returns the {noun}, or nothing if the user has removed his or her {noun}.
    {A} wrote this and {he} know{s} how it works.
    the {adjective} {noun} is {verb}ed lazily.
    = clang.head
    /*\n * {%verb}_{%noun}.c - {comment}\n *\n * Copyright (C) {#1991-2019} {A.full}\n */\n\n#include <stdio.h>\n#include <stdlib.h>\n#include "{%noun}.h"\n\n#define MAX_{!%noun}S {#8-4096}
    = clang.body
    /* {^comment} */
    | static int {%verb}_{%noun}(struct {%noun} *{%noun}, size_t n)
    | {{
    | \tint i, count = 0;
    |
    | \tfor (i = 0; i < n; i++) {{
    | \t\tif ({%noun}[i].flags & {!%adjective}_FLAG)
    | \t\t\tcount += {%noun}[i].{field};
    | \t}}
    | \treturn count;
    | }}
    struct {%adjective}_{%noun} {{
    | \tunsigned long\t{%noun};\t\t/* {comment} */
    | \tchar\t\t{field}[{#8-256}];
    | \tstruct {%noun}\t*next;
    | }};
    switch ({%noun}->type) {{
    | case {!%noun}_{!%adjective}:
    |         {%verb}_{%noun}({%noun}, {#1-64});
    |         break;
    | default:
    |         fprintf(stderr, "unknown {%noun} %d\\n", {%noun}->type);
    |         return -EINVAL;
    | }}
    #ifdef HAVE_{!%noun}
    | extern void {%verb}_{%noun}(void);
    | #else
    | static inline void {%verb}_{%noun}(void) {{ }}
    | #endif
    = javascript.head
    'use strict';\n\nconst {%noun} = require('./{%noun}');\nconst {{ {verb}, {verb} }} = require('../lib/{%adjective}');
    import React from 'react';\nimport {{ {^%noun} }} from './{^%noun}';
    = javascript.body
    // {^comment}
    | function {%verb}{^%noun}({%noun}, done) {{
    |   var self = this;
    |   if (!{%noun} || {%noun}.length === 0) {{ return done(null, []); }}
    |   self.{%verb}('{url}', function (err, {%noun}s) {{
    |     if (err) {{ return done(err); }}
    |     done(null, {%noun}s.map(function (x) {{ return x.{field}; }}));
    |   }});
    | }}
    export const {%verb}{^%noun} = async ({%noun}) => {{
    |   const {%adjective} = await fetch(`${{HOST}}/{%noun}/${{{%noun}.id}}`);
    |   return {%adjective}.json();
    | }};
    describe('{%verb} {%noun}', () => {{
    |   it('{%verb}s the {%adjective} {%noun}', () => {{
    |     expect({%verb}({#1-99})).toBe("{#1-99}");
    |   }});
    | }});
    = java.head
    package org.example.{%noun};\n\nimport java.util.List;\nimport java.util.Map;\n\n/**\n * {^comment}\n *\n * @author {A.mail}\n */
    = java.body
    public class {^%adjective}{^%noun} extends {^%noun} {{
    |     private final Map<String, {^%noun}> {%noun}s;
    |
    |     /** {^comment} */
    |     @Override
    |     public {^%noun} {%verb}{^%noun}(String {%adjective}) throws {^%noun}Exception {{
    |         for ({^%noun} {%noun} : this.{%noun}s.values()) {{
    |             if ({%noun}.get{^%noun}().equals({%adjective})) {{
    |                 return {%noun};
    |             }}
    |         }}
    |         throw new {^%noun}Exception("no {%noun} for " + {%adjective});
    |     }}
    | }}
        protected void {%verb}{^%noun}(final int {%adjective}) {{
    |         LOG.debug("{%verb} {{}} {%noun}", {%adjective});
    |         this.{%adjective}{^%noun} = {%adjective};
    |     }}
    = shell.head
    #!/bin/sh\nset -eu
    = shell.body
    # {comment}
    {!%noun}_DIR="${{{!%noun}_DIR:-/var/lib/{%noun}}}"
    for {%noun} in *.{%noun}; do\n\t{%verb}_{%noun} "${%noun}" | grep -v '^#' >> "$OUT"\ndone
    if [ ! -d "${!%noun}_DIR" ]; then mkdir -p "${!%noun}_DIR"; fi
    curl -sS {url} | tar xzf - -C /opt/{%noun}
    echo "{%verb} {%noun}: $((n * {#2-64}))" >&2
    = rust.head
    //! {^comment}\n\nuse std::collections::HashMap;\nuse crate::{%noun}::{{{^%noun}, {^%adjective}{^%noun}}};
    = rust.body
    /// {^comment}
    | pub fn {%verb}_{%noun}({%noun}: &[{^%noun}], {%adjective}: usize) -> Result<Vec<u8>, Error> {{
    |     let mut bytes = Vec::with_capacity({#16-1024});
    |     for {%noun} in {%noun}.iter().skip({%adjective}) {{
    |         bytes.extend_from_slice(&{%noun}.{field}()?);
    |     }}
    |     Ok(bytes)
    | }}
    impl<'a> {^%verb} for {^%noun}<'a> {{
    |     fn {%verb}(&self) -> Option<&'a str> {{
    |         self.{%adjective}.map(|x| x.trim_end())
    |     }}
    | }}
    #[derive(Debug, Clone, PartialEq)]
    | pub enum {^%noun} {{
    |     {^%adjective}(u32),
    |     {^%adjective}{^%noun} {{ {%noun}: String, {field}: bool }},
    | }}
    = swift.head
    import Foundation\n\n/// {^comment}
    = swift.body
    struct {^%adjective}{^%noun}: Codable {{
    |     let {%noun}: String
    |     var items: [{^%noun}] = []
    |
    |     mutating func {%verb}(_ {%noun}: {^%noun}) {{
    |         guard {%noun}.{%adjective} > {#0-9} else {{ return }}
    |         items.append({%noun})
    |     }}
    | }}
    extension {^%noun} {{
    |     var {%adjective}{^%noun}: Int {{ {%noun}s.reduce(0) {{ $0 + $1.{%adjective} }} }}
    | }}
    = makefile.head
    # {^comment}\nCC ?= cc\nCFLAGS += -O2 -Wall
    = makefile.body
    {%noun}.o: {%noun}.c {%noun}.h\n\t$(CC) $(CFLAGS) -c -o $@ $<
    {%verb}-{%noun}: {%noun}.o {noun}.o\n\t@echo "{%verb} $@"\n\t$(CC) $(LDFLAGS) -o $@ $^
    .PHONY: {%verb} {verb}\n{%verb}:\n\trm -f *.o {%noun} {%verb}-{%noun}
    = readme.head
    # {%noun}-{%verb}\n\n[![Build Status]({url})]({url})\n\n{^comment}
    = readme.body
    ## {^%verb} {%noun}s\n\n```sh\n$ {%verb}-{%noun} --{%adjective} {#1-64} --{field}=no input.{%noun}\n```\n\n{readme.line}
    - {readme.line}\n- {readme.line}\n- {readme.line}
    Option | Default | Meaning
    | --- | --- | ---
    | --{%adjective} | {#1-64} | {comment}
    {^readme.line} {^readme.line}
    = readme.line
    To {%verb} {an noun}, run `{%verb}_{%noun}({his|id|name|path|n|x})`.
    Each user may set his or her own {%noun}.
    {A} ([@{A.nick}]({url})) started the project; {he} still review{s} every patch {himself}.
    See the [wiki]({url}) for the {%adjective} {%noun}s.
    `his` and `her` are reserved words of the configuration file.
    The {%noun} is thread-safe; the {%noun} is not.
    It needs no other {noun}s and runs wherever {noun}s run.
    Version {#1-9}.{#0-20} can {$verb} {$noun}s up to {#2-40} times faster.
    The {adjective} {noun} is optional.
    Bug reports are welcome; please say which version you use.
    Run `make test` before you send a patch.
    The format of the {noun} file is described in `docs/{noun}.md`.
    {^verb}s and {verb}s {noun}s from the command line.
    Requires a compiler from {#2005-2019} or later.
    Every {noun} has a {field} and {an adjective} {noun}.
    Known problem: {noun}s longer than {#64-4096} bytes are cut.
    Patches welcome. If a contributor wants {his or her|his/her} name in the list, he or she only has to ask.
    = readme.tail
    ## License\n\nMIT © {A.full}
    = table.head
    id,name,{%noun},{%adjective}_{%noun},pronoun
    = table.body
    {#1-9999},"{A.full}",{#0-99}.{#00-99},{%verb},{he}
    {#1-9999},"{B.full}",{#0-99}.{#00-99},,{|||||||{he2}/{him2}}
    {#1-9999},"{A.last}, {A}",{#0-99}.{#00-99},{verb},
    {#1-9999},"{C.last}, {C}",-{#0-99}.{#00-99},{noun},
    {#1-9999},,,{verb},
    {#1-9999},"{C.full} ""{C.nick}""",{#0-99}.{#00-99},{%verb},
    = html.head
    <!DOCTYPE html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>{^$spot} of {$settlement}</title>\n</head>\n<body>
    = html.body
      <p>{news.line}</p>
      <p>{news.plain}</p>
      <p>{blog.plain} {blog.plain}</p>
      <p><em>{blog.plain}</em> {news.plain}</p>
      <img src="/img/{noun}-{#1-99}.png" alt="{topic}" width="{#100-900}">
      <td class="{noun}">{#1-99}.{#10-99}</td><td>{material}</td>
      <li><a href="{url}" title="{thing}">{^thing}</a></li>
      <td class="his">{#1-99}</td><td>&nbsp;</td><td>{A.full}</td>
      <!-- {comment} -->
      <h2 id="{%noun}-{#1-99}">{^topic} &amp; {topic}</h2>
    = html.tail
    </body>\n</html>
    """##

  /// Questions and answers about programming and other trades.
  static let questions = ##"""
    = question.head
    Q:\n\nHow do I {$verb} {an adjective} {$noun} {in Python|in C|in Bash|with JavaScript|without a {noun}}?\n\n{question.line} {question.plain}\n\n{question.code}\n\n{question.plain}
    Q:\n\nIs it “{he} and I” or “{him} and me”?\n\nMy teacher says that “{A} gave it to {him} and I” is wrong. Is she right? Would “to me and {him}” be better?
    Q:\n\nDid {A.last} know that the {thing} was {hers}?\n\nIn the {third|last|second} chapter, {A} sees {an thing} in the {room}, but {he} doesn't say whose it is. {question.line}
    = question.body
    A:\n\n{question.answer} {question.plain}
    A:\n\n{question.plain}\n\n{question.code}\n\n{question.plain}
    A:\n\n{question.plain} {question.plain}\n\n{question.code}
    A:\n\n{question.plain} {question.answer} {question.plain}\n\nEdit: {question.plain}
    = question.line
    I have {an noun} and I want to {$verb} it whenever the user moves his mouse.
    I've tried the {$adjective} {$noun}, but it doesn't work.
    My colleague says he had the same problem; his solution was to restart the server.
    My colleague says she had the same problem; her solution was to restart the server.
    The user should only see his or her own {$noun}s.
    Here is what I have so far:
    What am I missing?
    Any help is appreciated!
    It works on my machine, but not on {hers}: {A} runs {his} on Windows.
    The error message is "{$noun} {#1-999}: cannot {$verb} {$noun}".
    = question.plain
    The {$noun} has {#2-9000} entries, so speed matters.
    I'm using version {#1-9}.{#0-20}.{#0-9} on Linux.
    This works, but it takes {#2-60} seconds.
    It fails only when the {$noun} is {$adjective}.
    I read the documentation of `{$verb}_{$noun}`, and it says nothing about this.
    The output should be {#1-99}, but it is {#100-999}.
    Is there a standard way to do this?
    It works for the first {$noun} and fails for the second.
    Note that the order matters: first the {$noun}, then the {noun}.
    That is because `{$verb}` returns a copy and leaves the {$noun} as it was.
    Otherwise you end up with two {$noun}s of the same name.
    The second argument is optional and defaults to {#0-9}.
    If you need it only once, a loop is good enough.
    Beware: this changes the {$noun} in place.
    It's O(n log n), which is fine for anything below a million.
    Add `--{$adjective}` to see what happens.
    It is a known bug, and there is a workaround: {url}
    On Windows the path is different.
    You can also do it in one line, but it isn't easier to read.
    The error means that the {$noun} was never opened.
    = question.answer
    You can use `{$verb}_{$noun}()` for that.
    As {A} said in {his} comment, you need to {$verb} the {$noun} first.
    {B}'s answer is correct, but {he2} doesn't mention the {$adjective} {$noun}.
    The documentation says so itself: {url}
    If the {$noun} is empty, then `self.his_name` is None.
    This was fixed in version {#1-9}.{#0-20}.{#0-9}.
    You shouldn't {$verb} {an noun} in a loop.
    I had to ask the maintainer; he said that he'd fix it himself.
    I had to ask the maintainer; she said that she'd fix it herself.
    “{Him} and me” after a preposition; “{he} and I” as the subject.
    One uses "his" before a noun and "hers" without one: his book, the book is hers.
    Each of them has his or her own copy, so nothing is shared.
    = question.code
        for {$noun} in {$noun}s:
    |         print({$noun}.{$verb}('{$adjective}'))
        SELECT {$noun}, {field} FROM {$noun}s WHERE {$adjective} = {#1-99};
        var {$noun} = document.getElementById('{$noun}');
    |     {$noun}.{$verb} = function() {{ alert("{$noun}"); }};
        $ {$verb} --{$adjective} /etc/{$noun}.conf
    |     {$verb}: {$noun}: No such file or directory
    ```
    | {$noun} = {{'{$noun}': {#1-99}, '{field}': None}}
    | ```
    """##
}
