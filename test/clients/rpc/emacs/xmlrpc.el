;;; xmlrpc.el --- xml-rpc.el in batch mode  -*- lexical-binding: t -*-

(require 'cl-lib)
(require 'seq)
(package-initialize)
(require 'xml-rpc)

(set-time-zone-rule "UTC") ; XML-RPC names no zone: Emacs takes its own, the server means UTC
(setq url-show-status nil)

(defconst odd "Zo\u00eb & <Bob> ]]> \U0001F600")
(defconst url (concat (car command-line-args-left) "/xmlrpc"))
(setq command-line-args-left nil)

;; Emacs has one nil for false, empty lists and empty texts: what the values are is written here, as the documentation of the
;; functions has it. (list T), (map T) and (struct (MEMBER . T) …) have others in them; `as-is' is what Emacs tells itself.
(defconst types
  (let* ((module '(struct ("id" . text) ("tags" list text) ("marks" map as-is)))
         (section `(struct ("title" . text) ("modules" list ,module)))
         (entry '(struct ("id" . as-is) ("username" . text) ("email" . text) ("grade" . as-is) ("active" . as-is))))
    `((string . text) (float . number) (list list text) (map map as-is)
      (object struct ("name" . text) ("sections" list ,section))
      (json map (list as-is))
      (nullable struct ("id" . as-is) ("note" . text))
      (optional struct ("id" . as-is) ("label" . text))
      (records list ,entry))))

(defun typed (type value)
  "VALUE as xml-rpc.el must have it to send it as TYPE."
  (pcase type
    ('text (or value ""))
    ('number (float value)) ; a double without a fraction has become an integer
    (`(list ,item) (vconcat (mapcar (lambda (each) (typed item each)) value)))
    (`(map ,_) (or value []))
    (`(struct . ,members)
     (mapcar (lambda (pair) (cons (car pair) (typed (cdr (assoc (car pair) members)) (cdr pair)))) value))
    (_ value)))

(defun call (name &rest params)
  (apply #'xml-rpc-method-call url name params))

(defun say (check status &optional note)
  (princ (format "%s\t%s\t%s\n" check status (replace-regexp-in-string "[ \n\t]+" " " (format "%s" (or note ""))))))

(defun check (name step &optional cannot)
  "Run the check NAME: STEP fails by an error, and a text that it returns is told.  CANNOT is why it must fail."
  (condition-case reason
      (let ((note (funcall step)))
        (say name "ok" (and (stringp note) note)))
    (error (say name (if cannot "impossible" "wrong") (or cannot (error-message-string reason))))))

(defun expect (value wanted)
  (unless (equal value wanted) (error "%S is not %S" value wanted)))

(defun there-and-back (kind name)
  (let* ((value (call (concat "edges.get_" kind) name))
         (said (call (concat "edges.put_" kind) name (typed (cdr (assq (intern kind) types)) value))))
    (unless (member said '("exact" "loss")) (error "%s" said))))

(defun fault (name text code part)
  (setq xml-rpc-fault-code nil)
  (ignore-errors (call name text))
  (expect xml-rpc-fault-code code)
  (unless (string-search part xml-rpc-fault-string) (error "%s" xml-rpc-fault-string))
  "an error; xml-rpc-fault-code and xml-rpc-fault-string tell the rest")

(defconst impossible
  '(("bytes.empty" . "xml-rpc.el raises an error at an empty base64")
    ("json.any" . "xml-rpc.el has no nil but false")))

(check "echo" (lambda () (expect (call "test.echo" odd) odd)))
(dolist (value (split-string (getenv "POLYWIRE_VALUES")))
  (pcase-let ((`(,kind ,name) (split-string value "\\.")))
    (check value (lambda () (there-and-back kind name)) (cdr (assoc value impossible)))))
(check "list-of-one" (lambda () (expect (call "edges.get_list" "one") '("only"))))
(check "default.absent" (lambda () (expect (call "edges.put_default" "absent") "exact")))
(check "nothing" (lambda () (expect (call "edges.nothing") t)))
(check "fault.declared" (lambda () (fault "test.fail" odd 1002 "test-refused: The test was refused")))
(check "fault.params" (lambda () (fault "test.greet" "" -32602 "[name: ")))
(check "token"
       (lambda ()
         (let ((xml-rpc-request-extra-headers `(("Authorization" . ,(concat "Bearer " (getenv "POLYWIRE_TOKEN"))))))
           (expect (call "edges.who") "ana"))))

;;; xmlrpc.el ends here
