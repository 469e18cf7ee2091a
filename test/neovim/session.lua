-- Uses the language server as a person at Neovim would, and writes what was seen to a file as JSON.
-- Globals: fip_spec (a spec with one misspelt key), fip_seen (the file to write).

local seen = {}

--- Waits until `check` gives something, for as long as a busy machine may take.
local function until_given(check)
  local given
  local ok = vim.wait(60000, function()
    given = check()
    return given ~= nil and given ~= false
  end, 20)
  return ok and given or nil
end

--- Puts the cursor on the first letter of a text, or on a later one.
local function cursor_on(text, after)
  vim.fn.cursor(1, 1)
  local line, column = unpack(vim.fn.searchpos('\\V' .. text, 'cW'))
  assert(line > 0, 'the spec has no ' .. text)
  vim.fn.cursor(line, column + (after or 0))
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local text = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
      vim.api.nvim_win_close(window, true)
      return table.concat(text, '\n')
    end
  end
end

local function messages()
  return vim.tbl_map(function(found)
    return { line = found.lnum, code = found.code, message = found.message, severity = found.severity }
  end, vim.diagnostic.get(0))
end

local steps = {}

function steps.diagnostics()
  return until_given(function()
    local found = messages()
    return #found > 0 and found
  end)
end

function steps.hover()
  cursor_on('epochs')
  vim.lsp.buf.hover()
  return until_given(floating_text)
end

function steps.completion()
  vim.fn.append(vim.fn.line('$'), 'ba')
  vim.fn.cursor(vim.fn.line('$'), 3)
  local client = vim.lsp.get_active_clients()[1]
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.position.character = 2
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 60000)
  local items = vim.lsp.util.text_document_completion_list_to_complete_items(answers[client.id].result, 'ba')
  vim.fn.deletebufline('%', vim.fn.line('$'))
  return vim.tbl_map(function(item) return item.abbr end, items)
end

function steps.definition()
  cursor_on('keep: { on: glyphs', #'keep: { on: ')
  local from = vim.fn.line('.')
  vim.lsp.buf.definition()
  until_given(function() return vim.fn.line('.') ~= from end)
  return vim.api.nvim_get_current_line()
end

function steps.code_action()
  local titles
  vim.ui.select = function(items, options, choose)
    titles = vim.tbl_map(options.format_item, items)
    choose(items[1], 1)
  end
  cursor_on('bakend')
  vim.lsp.buf.code_action()
  until_given(function() return vim.fn.search('^backend', 'nw') > 0 end)
  return { titles = titles, line = vim.fn.getline(vim.fn.search('^backend', 'nw')) }
end

function steps.mended()
  return until_given(function() return #vim.diagnostic.get(0) == 0 end) or messages()
end

vim.cmd('edit ' .. vim.fn.fnameescape(fip_spec))
for _, name in ipairs({ 'diagnostics', 'hover', 'completion', 'definition', 'code_action', 'mended' }) do
  local ok, result = pcall(steps[name])
  seen[name] = ok and (result == nil and vim.NIL or result) or { failed = tostring(result) }
end
seen.filetype = vim.bo.filetype
seen.version = tostring(vim.version().minor)
vim.fn.writefile({ vim.json.encode(seen) }, fip_seen)
vim.lsp.stop_client(vim.lsp.get_active_clients())
vim.cmd('qall!')
