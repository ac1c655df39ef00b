/** A word in the report that must never appear outside the case. The test searches for it. */
export const PLANTED_WORD = 'gossamerlantern'

export const REPORT = {
  subject: 'Quillmark reads files outside the template folder',
  text: `Hello,

the include directive of Quillmark follows "../" in a file name, so a document
from outside can read any file that the server can read. With Quillmark 2.4.0:

    {{ include "../../../../srv/${PLANTED_WORD}/settings.ini" }}

shows that file in the rendered page. A symbolic link in the template folder
does the same. I have told nobody else.

Robin
`,
} as const

export const PATCH = `diff --git a/quillmark/include.py b/quillmark/include.py
index 3f1c2aa..9be07d1 100644
--- a/quillmark/include.py
+++ b/quillmark/include.py
@@ -14,9 +14,17 @@ class Include:
     def resolve(self, name):
-        path = os.path.join(self.folder, name)
-        return open(path, encoding="utf-8")
+        folder = os.path.realpath(self.folder)
+        path = os.path.realpath(os.path.join(folder, name))
+        if os.path.commonpath([folder, path]) != folder:
+            raise IncludeError("outside the template folder")
+        return open(path, encoding="utf-8")
 
     def render(self, context):
         with self.resolve(self.name) as source:
             return self.template(source.read()).render(context)
diff --git a/tests/test_include.py b/tests/test_include.py
index 77d0a31..c4410fe 100644
--- a/tests/test_include.py
+++ b/tests/test_include.py
@@ -31,3 +31,9 @@ class IncludeTests(TestCase):
     def test_reads_a_neighbour(self):
         self.assertEqual(self.render("header.txt"), "Header")
+
+    def test_stays_in_its_folder(self):
+        for name in ("../secret.txt", "/etc/hostname", "link-out.txt"):
+            with self.assertRaises(IncludeError):
+                self.render(name)
`

export const ADVISORY = {
  component: 'the include directive',
  impact: 'By rendering a document with a crafted include, an attacker may read files outside the template folder.',
  workaround: 'Switch includes off (allow_include=False) when you render documents from outside.',
} as const
