using System;
using System.Security.Cryptography;
using System.Text;
using System.Web.Services.Protocols;
using System.Xml;
using System.Xml.Serialization;

/// <summary>The Security header of WS-Security with a UsernameToken, as a SoapHeader of ASMX.</summary>
[XmlRoot(Namespace = Security.Extension), XmlType(Namespace = Security.Extension)]
public class Security : SoapHeader {
    const string Oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    public const string Extension = Oasis + "wssecurity-secext-1.0.xsd";
    public const string Utility = Oasis + "wssecurity-utility-1.0.xsd";

    public UsernameToken UsernameToken;

    /// <summary>The user of the environment; with the password as text or as a digest of it.</summary>
    public static Security OfUser(bool digest) {
        var user = Environment.GetEnvironmentVariable("POLYWIRE_USER");
        var password = Environment.GetEnvironmentVariable("POLYWIRE_PASSWORD");
        var token = digest ? Digested(password) : new UsernameToken { Password = new Password { Value = password } };
        token.Username = user;
        return new Security { UsernameToken = token, MustUnderstand = true };
    }

    /// <summary>The same as an element, for methods whose typed headers would be encoded.</summary>
    public SoapUnknownHeader AsElement() {
        var document = new XmlDocument();
        using (var writer = document.CreateNavigator().AppendChild()) new XmlSerializer(typeof(Security)).Serialize(writer, this);
        return new SoapUnknownHeader { Element = document.DocumentElement, MustUnderstand = true };
    }

    static UsernameToken Digested(string password) {
        var nonce = new byte[16];
        using (var random = RandomNumberGenerator.Create()) random.GetBytes(nonce);
        var created = XmlConvert.ToString(DateTime.UtcNow, "yyyy-MM-ddTHH:mm:ss.fffZ");
        var rest = Encoding.UTF8.GetBytes(created + password);
        var all = new byte[nonce.Length + rest.Length];
        nonce.CopyTo(all, 0);
        rest.CopyTo(all, nonce.Length);
        using (var sha1 = SHA1.Create()) {
            var digest = Convert.ToBase64String(sha1.ComputeHash(all));
            return new UsernameToken { Password = new Password { Type = Password.Digest, Value = digest }, Nonce = nonce, Created = created };
        }
    }
}

[XmlType(Namespace = Security.Extension)]
public class UsernameToken {
    public string Username;
    public Password Password;
    public byte[] Nonce;
    [XmlElement(Namespace = Security.Utility)] public string Created;
}

[XmlType(Namespace = Security.Extension)]
public class Password {
    const string Profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#";
    public const string Text = Profile + "PasswordText";
    public const string Digest = Profile + "PasswordDigest";

    [XmlAttribute] public string Type = Text;
    [XmlText] public string Value;
}
